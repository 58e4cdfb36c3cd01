DROP TABLE login_card;
