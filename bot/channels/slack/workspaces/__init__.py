"""The workspaces of Slack in which the app is: whose an id is, their tokens, what the app asks of them.

It imports nothing of Slack's folder but `outbound` and `listening`.
"""
