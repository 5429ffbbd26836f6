-- Webhooks hear what time alone does to streams, too: up to this number of what shows beside the catalogue. Those that are
-- there hear of it from now on.
ALTER TABLE webhooks ADD COLUMN told_beside bigint NOT NULL DEFAULT 0;
UPDATE webhooks SET told_beside = coalesce((SELECT number FROM projection WHERE document = 'beside'), 0);
