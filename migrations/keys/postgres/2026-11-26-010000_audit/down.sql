DROP TABLE key_exchange;
