class-code = Class code
class-code-type = The code that your teacher shows
class-code-go = Go on
class-code-other = Sign in with a user name
class-names = Who are you?
class-names-lead = Pick your own name. Your teacher sees who comes in.
class-name-in = is in
class-names-none = Is your name not here? Type the code again, or ask your teacher.
sign-in-class = Sign in with a class code
door-lead = With the code and their name, students come in without a password. Show it to the group only.
door-minutes = For how many minutes should it be open?
door-open = Open a new code
door-open-until = Open until { $time }
door-close = Close now
door-closed = No code is open.
door-inside = { $n ->
    [0] Nobody has come in yet
    [one] One student is in
   *[other] { $n } students are in
}
door-since = Came in at { $time }
door-out = Let out
door-closes-itself = The code closes by itself when the time is over, or when too many guess. Those who are in can go on for up to three hours.
