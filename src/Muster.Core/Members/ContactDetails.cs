using System.Text;

namespace Muster.Core.Members;

/// <summary>The languages somebody speaks and where they are found at work. Everything may be left out.</summary>
/// <param name="Languages">The one for mails first; none twice.</param>
/// <param name="Phone">With the country's number, such as <c>+49 40 8998 0</c>.</param>
/// <param name="Office">Building and room, as the institute writes them.</param>
/// <param name="Web">An https address.</param>
public sealed record ContactDetails(IReadOnlyList<LanguageTag> Languages, string? Phone, string? Office, string? Web)
{
    public const int MostLanguages = 12;

    /// <summary>In characters.</summary>
    public const int MaxOfficeLength = 80;

    /// <summary>In characters.</summary>
    public const int MaxWebLength = 300;

    /// <summary>ITU-T E.164 §6.2.1: fifteen digits at most. Fewer than seven reach nobody from abroad.</summary>
    private const int LeastDigits = 7,
        MostDigits = 15;

    public static ContactDetails None { get; } = new([], null, null, null);

    /// <summary>Languages by commas, as they are kept and exported.</summary>
    public string LanguageList => string.Join(", ", Languages.Select(l => l.Value));

    public bool IsSameAs(ContactDetails other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Languages.SequenceEqual(other.Languages) && (Phone, Office, Web) == (other.Phone, other.Office, other.Web);
    }

    /// <summary>What somebody typed; every fault at its field (<c>languages</c>, <c>phone</c>, <c>office</c>, <c>web</c>).</summary>
    /// <returns>Null with what is wrong: <c>contact.language-unreadable</c>, <c>contact.too-many-languages</c> (bound),
    /// <c>contact.phone-unreadable</c>, <c>contact.office-too-long</c> (bound), <c>contact.bad-characters</c>, <c>contact.web-unreadable</c>.</returns>
    public static (ContactDetails? Details, IReadOnlyList<Refusal> Wrong) Read(
        string? languages,
        string? phone,
        string? office,
        string? web
    )
    {
        var wrong = new List<Refusal>();
        var spoken = Spoken(languages, wrong);
        var number = Given(phone) is { } typed ? Number(typed) : null;
        if (number is null && Given(phone) is not null)
            wrong.Add(new Refusal("contact.phone-unreadable", "phone"));
        var room = Given(office);
        if (room is { Length: > MaxOfficeLength })
            wrong.Add(Refusal.With("contact.office-too-long", $"{MaxOfficeLength}").At("office"));
        else if (room is not null && !WellFormedText.Is(room))
            wrong.Add(new Refusal("contact.bad-characters", "office"));
        var page = Given(web) is { } address ? Page(address) : null;
        if (page is null && Given(web) is not null)
            wrong.Add(new Refusal("contact.web-unreadable", "web"));
        return (wrong.Count > 0 ? null : new ContactDetails(spoken, number, room, page), wrong);
    }

    private static List<LanguageTag> Spoken(string? languages, List<Refusal> wrong)
    {
        var spoken = new List<LanguageTag>();
        foreach (var part in (languages ?? "").Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!LanguageTag.Parse(part).TryGet(out var tag, out var why))
            {
                wrong.Add(why);
                break;
            }
            if (!spoken.Contains(tag))
                spoken.Add(tag);
            if (spoken.Count <= MostLanguages)
                continue;
            wrong.Add(Refusal.With("contact.too-many-languages", $"{MostLanguages}").At("languages"));
            break;
        }
        return spoken;
    }

    /// <summary>Groups as they were typed, one blank between them; the trunk zero in brackets is not dialled from abroad and goes.</summary>
    private static string? Number(string typed)
    {
        var text = typed.Replace("(0)", " ", StringComparison.Ordinal);
        if (text.Length > 40 || text[0] != '+')
            return null;
        var kept = new StringBuilder("+");
        foreach (var c in text[1..])
            if (char.IsAsciiDigit(c))
                kept.Append(c);
            else if (c is not (' ' or '-' or '.' or '/' or '(' or ')' or '\u00A0' or '\u2011'))
                return null;
            else if (kept[^1] is not (' ' or '+'))
                kept.Append(' ');
        var number = kept.ToString().TrimEnd();
        var digits = number.Count(char.IsAsciiDigit);
        // E.164 §6.1: no country's number begins with zero.
        return digits is >= LeastDigits and <= MostDigits && number[1] != '0' ? number : null;
    }

    private static string? Page(string typed) =>
        typed.Length <= MaxWebLength
        && typed.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        && WellFormedText.Is(typed)
        && !typed.Any(c => c is '\\' or '<' or '>' or '"' || char.IsWhiteSpace(c))
        && Uri.TryCreate(typed, UriKind.Absolute, out var uri)
        && uri.Host.Contains('.', StringComparison.Ordinal)
        && uri.UserInfo.Length == 0
            ? typed
            : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
