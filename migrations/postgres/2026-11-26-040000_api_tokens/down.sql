DROP TABLE token_family;
