"""Views in Slack: modals and the Home tab, as https://docs.slack.dev/reference/views describes them. Pure."""
