using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Muster.Server.Operator.Demo;

namespace Muster.Bench;

/// <summary>One person with a certificate of the demo authority, on the list or not.</summary>
internal sealed record Applicant(string Email, X509Certificate2 Certificate);

/// <summary>People by number: the same names, subjects and addresses each time.</summary>
internal static class Applicants
{
    private const string Consonants = "bdfgklmnprstvz";
    private const string Vowels = "aeiou";

    public static IEnumerable<(string Subject, string Email, string Given, string Family)> List(int count) =>
        Enumerable.Range(0, count).Select(Person);

    /// <summary>Their certificates, made before anything is measured.</summary>
    public static Applicant[] Certify(Site site, int first, int count)
    {
        using var people = new DemoIssuer(
            new DemoDistinguishedName(DemoIdentifiers.SubjectPrefix + "/CN=Demo Grid People CA"),
            PemPair.In(Path.Combine(site.Folder, "authority"), "DemoGridPeopleCA").Open()
        );
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        return
        [
            .. Enumerable
                .Range(first, count)
                .Select(number =>
                {
                    var (subject, email, _, _) = Person(number);
                    using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                    return new Applicant(email, people.IssuePerson(subject, email, key, now.AddHours(-1), now.AddDays(395)));
                }),
        ];
    }

    private static (string Subject, string Email, string Given, string Family) Person(int number)
    {
        var given = Word(number % 512, 3);
        var family = Word(number, 4);
        var email = string.Create(CultureInfo.InvariantCulture, $"{given}.{family}.{number}@bench.example").ToLowerInvariant();
        return ($"{DemoIdentifiers.SubjectPrefix}/C=XX/O=Bench/CN={given} {family}", email, given, family);
    }

    private static string Word(int number, int syllables)
    {
        var scattered = (uint)number * 2_654_435_761u;
        var word = "";
        for (var i = 0; i < syllables; i++, scattered /= 70)
            word += $"{Consonants[(int)(scattered % 14)]}{Vowels[(int)(scattered / 14 % 5)]}";
        return char.ToUpperInvariant(word[0]) + word[1..];
    }
}
