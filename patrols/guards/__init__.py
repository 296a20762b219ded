"""Guard posts (守点) and key places (重点部位): who stands where when, and how orderly it is there."""
