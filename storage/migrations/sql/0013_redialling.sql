-- Who was cut off in the middle of registering is told once that he can go on.

alter table drafts add column phone_sealed text;
alter table drafts add column told_at timestamptz;
