using System.Globalization;

namespace Muster.Server.Operator.Demo;

/// <summary>Addresses, certificate subjects and ORCID iDs; each is given out once.</summary>
internal sealed class DemoIdentifiers(SplitMix64 random)
{
    /// <summary>Every subject begins with it, as a name space granted to one authority does.</summary>
    public const string SubjectPrefix = "/DC=org/DC=demo-grid";

    static readonly (string Shape, int Weight)[] shapes =
    [
        ("plain", 34),
        ("digits", 20),
        ("digits-and-email", 6),
        ("email-only", 6),
        ("name-and-email", 9),
        ("reversed", 9),
        ("accents", 5),
        ("login-and-number", 6),
        ("email-attribute", 5),
    ];

    readonly HashSet<string> given = new(StringComparer.OrdinalIgnoreCase);

    public string Email(DemoPersonName name, string instituteKey)
    {
        var first = DemoSpelling.Mailbox(name.Given ?? "");
        var last = DemoSpelling.Mailbox(name.Family ?? "");
        var local =
            last.Length == 0 ? first
            : first.Length == 0 ? last
            : random.Chance(25) ? first[..1] + last
            : $"{first}.{last}";
        var address = $"{local}@{instituteKey}.example";
        for (var n = 2; !given.Add(address); n++)
        {
            address = string.Create(CultureInfo.InvariantCulture, $"{local}{n}@{instituteKey}.example");
        }

        return address;
    }

    public string Subject(DemoPersonName name, string email, string country, string organisation)
    {
        var subject = Subject(random.Pick(shapes), name, email, country, organisation);
        while (!given.Add(subject))
        {
            subject = Subject("digits", name, email, country, organisation);
        }

        return subject;
    }

    string Subject(string shape, DemoPersonName name, string email, string country, string organisation)
    {
        var common = DemoSpelling.Ascii(name.InWesternOrder);
        var unit = $"{SubjectPrefix}/C={country}/O={DemoSpelling.Ascii(organisation)}";
        var number = random.Between(10_000, 1_000_000).ToString(CultureInfo.InvariantCulture);
        return shape switch
        {
            "digits" => $"{unit}/CN={common} {number}",
            "digits-and-email" => $"{unit}/CN={common} {number} {email}",
            "email-only" => $"{unit}/CN={email}",
            "name-and-email" => $"{unit}/CN={common} {email}",
            "reversed" when name.Family is not null =>
                $"{unit}/CN={DemoSpelling.Ascii(name.Family).ToUpperInvariant()} {DemoSpelling.Ascii(name.Given ?? "")}",
            "accents" => $"{unit}/CN={name.InWesternOrder}",
            "login-and-number" =>
                $"{SubjectPrefix}/OU=Users/CN={email[..email.IndexOf('@', StringComparison.Ordinal)]}/CN={number}/CN={common}",
            "email-attribute" => $"{unit}/CN={common}/emailAddress={email}",
            _ => $"{unit}/CN={common}",
        };
    }

    /// <summary>A well-formed iD outside the blocks that are given to people (0000-0001-5… to 0000-0003-5… and 0009-…).</summary>
    public string Orcid()
    {
        string digits;
        do
        {
            digits = random.Between(1_000_000, 10_000_000).ToString("D15", CultureInfo.InvariantCulture);
        } while (!given.Add(digits));

        // ISO/IEC 7064 MOD 11-2.
        var total = digits.Aggregate(0, (sum, digit) => (sum + digit - '0') * 2);
        var check = (12 - total % 11) % 11;
        var all = digits + (check == 10 ? "X" : check.ToString(CultureInfo.InvariantCulture));
        return $"{all[..4]}-{all[4..8]}-{all[8..12]}-{all[12..]}";
    }
}
