namespace Muster.Core.Accounts;

/// <summary>The rules of one laboratory for passwords. Two are shipped; a site may add its own.</summary>
public sealed record PasswordProfile
{
    public required string Name { get; init; }

    /// <summary>In code points, when the password is the only factor.</summary>
    public required int MinLength { get; init; }

    /// <summary>In code points, beside a second factor.</summary>
    public required int MinLengthWithSecondFactor { get; init; }

    /// <summary>In code points.</summary>
    public required int MaxLength { get; init; }

    /// <summary>How many of upper case, lower case, digit and special must be there; 0 means none is asked for.</summary>
    public int MinClasses { get; init; }

    /// <summary>Special characters beside ASCII letters and digits; null means every Unicode character is welcome.</summary>
    public string? Specials { get; init; }

    /// <summary>Refuse a word of the common list even with digits and specials around it.</summary>
    public bool RefusesDictionaryWords { get; init; }

    /// <summary>Words of the house, lower case.</summary>
    public IReadOnlyList<string> HouseWords { get; init; } = [];

    /// <summary>How long a password is valid; null means until there is evidence of compromise.</summary>
    public TimeSpan? Validity { get; init; }

    /// <summary>How long before the end the warnings begin.</summary>
    public TimeSpan Warning { get; init; }

    /// <summary>In the spirit of NIST SP 800-63B-4: long, free, no composition rules, no periodic end.</summary>
    public static PasswordProfile Modern { get; } =
        new()
        {
            Name = "modern",
            MinLength = 15,
            MinLengthWithSecondFactor = 8,
            MaxLength = 128,
        };

    /// <summary>As a large laboratory publishes it: 8 to 14 characters of three classes, 180 days, warnings from day 160.</summary>
    public static PasswordProfile Classic { get; } =
        new()
        {
            Name = "classic",
            MinLength = 8,
            MinLengthWithSecondFactor = 8,
            MaxLength = 14,
            MinClasses = 3,
            Specials = "!#$%&'()*+,-./:;<=>?@[]^_`{|}~",
            RefusesDictionaryWords = true,
            Validity = TimeSpan.FromDays(180),
            Warning = TimeSpan.FromDays(20),
        };
}

/// <summary>For whom a password is checked; what must not be part of it.</summary>
public sealed record PasswordSubject(string? AccountName, string? Given, string? Family, string? Native, IReadOnlyList<string> Emails);
