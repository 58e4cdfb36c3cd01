DROP TABLE audit_personal;
DROP TABLE audit_event;
DROP TABLE audit_head;
