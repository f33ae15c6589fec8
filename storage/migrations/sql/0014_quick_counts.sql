-- What the clock, the desk and a caller count again and again, reached without reading all of it.

create index ix_messages_stale_digests on messages (id)
    where template = 'digest' and status = 'expired' and sent_at is null;
create index ix_alerts_due on alerts (office, mod(ascii(phone_index), 5), created_at)
    where message_id is null;
create index ix_card_requests_office_came_at on card_requests (office, came_at);
create index ix_audit_without_officer on audit (office, at) where officer_id is null;
