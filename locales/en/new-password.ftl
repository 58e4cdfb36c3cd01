new-password = New password
new-password-says = { $name } gets a new password of everyday words. The old one no longer works, and { $name } is signed out everywhere. All the work is kept.
new-password-card = If { $name } has a login card, it goes on working. If that is lost too, end it here:
new-password-give = Give { $name } a new password
new-password-once = The password is shown only now. Write it down, or print the page from the browser’s menu. Everyone forgets now and then, and this can be done again at any time.
