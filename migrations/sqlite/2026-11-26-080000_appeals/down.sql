DROP TABLE appeal;
