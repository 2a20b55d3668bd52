"""The methods that a run of the whole suite must exercise."""

from sandbox.conformance.watching import FILES

_WORDS = """
    getMe getUpdates setWebhook deleteWebhook getWebhookInfo setMyCommands getMyCommands
    sendMessage sendPhoto sendDocument sendMediaGroup sendPoll stopPoll sendInvoice createInvoiceLink
    copyMessage copyMessages forwardMessage sendChatAction
    editMessageText editMessageCaption editMessageMedia editMessageReplyMarkup
    deleteMessage deleteMessages pinChatMessage unpinChatMessage setMessageReaction
    answerCallbackQuery answerInlineQuery answerPreCheckoutQuery answerShippingQuery
    refundStarPayment getStarTransactions
    getChat getChatMember getChatAdministrators getChatMemberCount
    banChatMember unbanChatMember restrictChatMember promoteChatMember
    createChatInviteLink editChatInviteLink revokeChatInviteLink exportChatInviteLink
    approveChatJoinRequest declineChatJoinRequest
    createForumTopic editForumTopic closeForumTopic reopenForumTopic deleteForumTopic
    leaveChat getFile
"""

METHODS_OF_THE_SANDBOX = frozenset(_WORDS.split()) | {FILES}
"""Those that the sandbox is for; whatever else it simulates must be exercised as well."""
