-- Since when a number was last known to be the owner's; without it, since the request came in.

alter table card_requests add column phone_since timestamptz;
create index ix_card_requests_phone_since
    on card_requests (office, coalesce(phone_since, created_at))
    where phone_index is not null and phone_silent_at is null;
