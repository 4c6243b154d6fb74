namespace Muster.Server.Mail;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class MailboxText;
