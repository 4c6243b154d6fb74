using System.Text.RegularExpressions;

namespace Muster.Server.Operator.Demo;

/// <summary>Who holds a demo certificate, and in which state.</summary>
internal sealed record DemoRole(string Name, int? MemberNumber, string Subject, string Email)
{
    /// <summary>The text resource that says what the certificate is good for.</summary>
    public string PurposeKey => $"demo.certificate.{Name}";
}

/// <summary>Chooses the members who hold the demo certificates: the first of the list that fit, so they are the same every day.</summary>
internal static partial class DemoCast
{
    public const string Expired = "expired";
    public const string Revoked = "revoked";
    public const string UnknownAuthority = "unknown-ca";

    public static IReadOnlyList<DemoRole> Choose(DemoCollaboration demo)
    {
        var offices = demo.Representatives.Select(r => r.MemberNumber).ToHashSet();
        var namesakes = demo
            .Members.GroupBy(NameKey, StringComparer.Ordinal)
            .Where(g => g.Skip(1).Any())
            .Select(g => g.Key)
            .ToHashSet(StringComparer.Ordinal);
        // Nobody with an office, an end date or a namesake: what happens to them shall be about the certificate alone.
        var free = demo
            .Members.Where(m => m is { Given: not null, Family: not null, Until: null } && !offices.Contains(m.Number))
            .Where(m => !namesakes.Contains(NameKey(m)))
            .ToList();
        var plain = new Queue<DemoMember>(free.Where(m => HasCommonName(m, $"{m.Given} {m.Family}")));
        var unlisted = free.First(m => m.CertificateSubject is null);
        var home = demo.Institutes.Single(i => string.Equals(i.Key, unlisted.InstituteKey, StringComparison.Ordinal));
        var unit = $"{DemoIdentifiers.SubjectPrefix}/C={home.Country}/O={DemoSpelling.Ascii(home.ShortName)}";

        return
        [
            Listed("on-list", plain.Dequeue()),
            Listed("walker", plain.Dequeue()),
            Listed("digits-and-email", free.First(m => m.CertificateSubject is { } s && DigitsAndEmail().IsMatch(s))),
            Listed("reversed", free.First(m => HasCommonName(m, $"{DemoSpelling.Ascii(m.Family!).ToUpperInvariant()} {m.Given}"))), // free has both names
            new DemoRole(
                "unlisted-email",
                unlisted.Number,
                $"{unit}/CN={DemoSpelling.Ascii($"{unlisted.Given} {unlisted.Family}")}",
                unlisted.Email
            ),
            new DemoRole(
                "not-on-list",
                null,
                $"{DemoIdentifiers.SubjectPrefix}/C=DE/O=Universitaet Anderswo/CN=Nora Newcomer",
                "nora.newcomer@anderswo.example"
            ),
            Listed(Expired, plain.Dequeue()),
            Listed(Revoked, plain.Dequeue()),
            Listed(UnknownAuthority, plain.Dequeue()),
        ];
    }

    static DemoRole Listed(string name, DemoMember member) => new(name, member.Number, member.CertificateSubject!, member.Email); // chosen by subject

    static bool HasCommonName(DemoMember member, string name) =>
        member.CertificateSubject is { } subject
        && subject.Contains("/O=", StringComparison.Ordinal)
        && subject.EndsWith($"/CN={DemoSpelling.Ascii(name)}", StringComparison.Ordinal);

    static string NameKey(DemoMember member) =>
        string.Join(' ', new[] { member.Given, member.Family }.Select(n => DemoSpelling.Mailbox(n ?? "")).Order(StringComparer.Ordinal));

    [GeneratedRegex(@" [0-9]+ [^ /]+@[^ /]+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DigitsAndEmail();
}
