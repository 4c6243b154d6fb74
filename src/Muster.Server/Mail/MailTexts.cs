using System.Globalization;
using System.Resources;

namespace Muster.Server.Mail;

/// <summary>Subjects, paragraphs and button words of the mails, by template and language; <c>{name}</c> stands for a value.</summary>
internal static class MailTexts
{
    private static readonly ResourceManager Texts = new("Muster.Server.Mail.MailTexts", typeof(MailTexts).Assembly);

    public static string Get(string template, string part, string language, IReadOnlyDictionary<string, string> values) =>
        Find(template, part, language, values) ?? throw new KeyNotFoundException($"MailTexts.resx has no '{template}.{part}'.");

    public static string? Find(string template, string part, string language, IReadOnlyDictionary<string, string> values)
    {
        if (Texts.GetString($"{template}.{part}", Culture(language)) is not { } text)
            return null;
        foreach (var (name, value) in values)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return text;
    }

    private static CultureInfo Culture(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}
