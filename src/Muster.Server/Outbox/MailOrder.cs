using System.Text.Json;

namespace Muster.Server.Outbox;

/// <summary>A mail to be written and sent: the template, its values, and which one-time link it carries. Holds no secret.</summary>
/// <param name="Template">Key in the mail texts, for example <c>confirm-email</c>.</param>
/// <param name="Link">The link that is made when the mail is written; null when it has none.</param>
internal sealed record MailOrder(
    string Template,
    string To,
    string? ToName,
    string Language,
    Dictionary<string, string> Values,
    MailLink? Link
)
{
    public static MailOrder From(OutboxOrder order) => JsonSerializer.Deserialize<MailOrder>(order.Payload)!; // written by ToOrder

    /// <summary>Key of the order that <see cref="ToOrder"/> makes of this key.</summary>
    public static string KeyOf(string key) => "mail:" + key;

    /// <param name="key">Unique per mail that is to be sent: asked for twice, it is sent once.</param>
    public OutboxOrder ToOrder(string key, DateTimeOffset now) =>
        OutboxOrder.For(Lanes.Mail, "mail", KeyOf(key), JsonSerializer.Serialize(this), now);
}

/// <param name="Path">Where the link leads, without its secret part, for example <c>/confirm/</c>.</param>
internal sealed record MailLink(string Path, string Purpose, Guid Subject, int Serial);
