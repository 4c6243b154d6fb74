using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using Muster.Server.Outbox;
using Muster.Server.Web;

namespace Muster.Server.Mail;

/// <summary>From an order to a message: plain text and HTML, one link at most, ids that make a repeated mail recognisable.</summary>
internal sealed class MailWriter(IOptions<MailOptions> mail, IOptions<PortalOptions> portal, OneTimeLinks links)
{
    public MimeMessage Write(OutboxOrder order)
    {
        var wanted = MailOrder.From(order);
        var link = wanted.Link is { } l ? portal.Value.Link(l.Path + links.Make(l.Purpose, l.Subject, l.Serial)) : null;
        var values = new Dictionary<string, string>(wanted.Values, StringComparer.Ordinal)
        {
            ["collaboration"] = portal.Value.Collaboration,
            ["contact"] = portal.Value.Contact,
            ["portal"] = portal.Value.Origin,
        };
        string Text(string part) => MailTexts.Get(wanted.Template, part, wanted.Language, values);
        string? Find(string part) => MailTexts.Find(wanted.Template, part, wanted.Language, values);

        // A value never breaks out of its line: names are typed by strangers.
        var subject = Text("subject").ReplaceLineEndings(" ");
        var paragraphs = Text("body")
            .ReplaceLineEndings("\n")
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var after = (Find("after") ?? "")
            .ReplaceLineEndings("\n")
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var footer = MailTexts.Get("every", "footer", wanted.Language, values);

        var message = new MimeMessage();
        var sender = mail.Value.FromName.Length > 0 ? mail.Value.FromName : portal.Value.Collaboration;
        message.From.Add(new MailboxAddress(sender, mail.Value.From));
        message.To.Add(new MailboxAddress(wanted.ToName ?? "", wanted.To));
        message.Subject = subject;
        message.Date = order.CreatedAt;
        message.MessageId = $"{order.CreatedAt.ToUnixTimeSeconds()}.{order.Id:D8}@{mail.Value.From.Split('@')[^1]}";
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Language", wanted.Language);
        message.Body = new BodyBuilder
        {
            TextBody = Plain(paragraphs, link, after, footer),
            HtmlBody = Html(subject, paragraphs, link, Find("button"), after, footer, wanted.Language),
        }.ToMessageBody();
        return message;
    }

    private static string Plain(string[] paragraphs, string? link, string[] after, string footer)
    {
        var text = new StringBuilder();
        foreach (var paragraph in paragraphs)
            text.Append(paragraph).Append("\n\n");
        if (link is not null)
            text.Append(link).Append("\n\n");
        foreach (var paragraph in after)
            text.Append(paragraph).Append("\n\n");
        return text.Append("-- \n").Append(footer).Append('\n').ToString();
    }

    private static string Html(
        string subject,
        string[] paragraphs,
        string? link,
        string? button,
        string[] after,
        string footer,
        string language
    )
    {
        static string E(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal);
        static string P(string text) => $"<p style=\"margin:0 0 16px\">{E(text)}</p>";
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"<!doctype html><html lang=\"{E(language)}\"><head><meta charset=\"utf-8\"><title>{E(subject)}</title></head>"
        );
        html.Append("<body style=\"margin:0;padding:24px;background:#f6f4ef;color:#1d2733;font:16px/1.55 system-ui,sans-serif\">");
        html.Append("<div style=\"max-width:560px;margin:0 auto;padding:28px;background:#fff;border-radius:12px\">");
        html.AppendJoin("", paragraphs.Select(P));
        if (link is not null)
            html.Append(
                    CultureInfo.InvariantCulture,
                    $"<p style=\"margin:24px 0\"><a href=\"{E(link)}\" style=\"display:inline-block;padding:12px 22px;border-radius:8px;"
                )
                .Append(
                    CultureInfo.InvariantCulture,
                    $"background:#12506b;color:#fff;text-decoration:none;font-weight:600\">{E(button ?? link)}</a></p>"
                )
                .Append(
                    CultureInfo.InvariantCulture,
                    $"<p style=\"margin:0 0 16px;font-size:13px;color:#55606c;word-break:break-all\">{E(link)}</p>"
                );
        html.AppendJoin("", after.Select(P));
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p style=\"margin:24px 0 0;padding-top:16px;border-top:1px solid #e3dfd6;font-size:13px;color:#55606c\">{E(footer)}</p>"
        );
        return html.Append("</div></body></html>").ToString();
    }
}
