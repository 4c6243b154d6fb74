using System.Globalization;
using CsCheck;
using Muster.Core.AuthorLists;
using Muster.Core.Institutes;
using Muster.Core.Members;

namespace Muster.Core.Tests.AuthorLists;

/// <summary>Author lists whose people and places have everything in their names that breaks exports.</summary>
internal static class Lists
{
    public static readonly DateOnly Day = new(2026, 3, 14);

    private static readonly string?[] Given =
    [
        "Zoë",
        "Jean-Pierre",
        "Ngọc Ánh",
        "Đorđe",
        "María José",
        "Søren",
        "İpek",
        "J.",
        "D'Arcy",
        "Łukasz",
        "Åsa",
        "X",
        "Þóra",
        "Étienne",
        null,
    ];

    private static readonly string[] Family =
    [
        "O'Brien",
        "O’Neill",
        "van der Waals",
        "d'Alembert",
        "Müller",
        "Muller",
        "Mueller",
        "Čapek",
        "Chadima",
        "Ñúñez",
        "Smith-Jones",
        "Ødegård",
        "Aagaard",
        "Çelik",
        "Żółć",
        "Nguyễn",
        "de la Cruz y Ortega",
        "St. John",
        "Suryani",
        "ß",
        "Ünal",
        "Ibañez-O'Shea",
        "Al-Ḥakīm",
    ];

    private static readonly string?[] Native =
    [
        null,
        "山田 太郎",
        "김철수",
        "Лев Ландау",
        "محمد عبد",
        "नरेन्द्र",
        "𠮷田",
        "<b>&amp;</b>",
        "]]>",
        "\"'&lt;",
        "--><!--",
        "Ἀριστοτέλης",
    ];

    private static readonly string[] Places =
    [
        "A&M University",
        "Institut \"Jožef Stefan\"",
        "R&D <Center> \\ {50%} #1 $5 ~ ^ _x",
        "高エネルギー加速器研究機構",
        "Università degli Studi",
        "=cmd|'/c calc'!A1",
        "+Plus Institute",
        "-Minus -- Institute",
        "@Home",
        "École ''Polytechnique''",
        "Lab; =1+1",
        "`Backtick` ?` !`",
        "&#0;&xxe;",
        "<!DOCTYPE x>",
        "]]> Laboratory",
        "\\input{secret}",
        "100% pure",
        "C|D",
        "Vysoká škola, Brno",
    ];

    private static readonly string[] Countries = ["JP", "DE", "US", "SI", "CZ", "MX", "KR", "DK", "VN", "GB"];

    /// <summary>Lists of 1 to <paramref name="most"/> authors, all without a fault.</summary>
    public static Gen<AuthorList> Any(int most) =>
        Gen.Select(Gen.Int[1, most], Gen.Int[1, 40], Gen.Int[0, int.MaxValue - 1])
            .Select((people, places, seed) => Make(people, places, seed));

    /// <summary>The same list for the same numbers; organisations that nobody came to are left out.</summary>
    public static AuthorList Make(int people, int places, int seed)
    {
        var random = new Random(seed);
        T One<T>(T[] of) => of[random.Next(of.Length)];
        var organisations = Enumerable
            .Range(0, places)
            .Select(i => new Organisation(
                $"org {i} <&>",
                $"{One(Places)} {i}",
                random.Next(4) == 0 ? null : $"{One(Places)}, {random.Next(1000, 99999)} {One(Family)}",
                One(Countries),
                random.Next(3) == 0 ? null : Ror(random.Next(1 << 30)),
                random.Next(5) > 0
            ))
            .ToList();
        var authors = Enumerable
            .Range(0, people)
            .Select(i =>
            {
                var (given, family) = (One(Given), One(Family));
                return new Author(
                    $"{i:D5}",
                    given,
                    family,
                    PaperName.Of(given, family, (NameOrder)random.Next(2)),
                    Affiliations(random, organisations)
                )
                {
                    Native = One(Native),
                    Orcid = random.Next(3) == 0 ? null : OrcidOf(i),
                    IsDeceased = random.Next(30) == 0,
                    Funding = random.Next(20) == 0 ? One(Places) : null,
                };
            })
            .ToList();
        var used = authors.SelectMany(a => a.Affiliations).Select(a => a.OrganisationId).ToHashSet(StringComparer.Ordinal);
        return new AuthorList(
            "Measurement of <x> & \"y\" at √s = 10.58 GeV",
            Day,
            new AuthorCollaboration("Belle & <Sons>", "KEK-BF-TEST"),
            [.. organisations.Where(o => used.Contains(o.Id))],
            authors
        );
    }

    public static CheckedAuthorList Checked(AuthorList list, string language = "en") =>
        CheckedAuthorList.Create(list, AuthorOrder.For(language).Value).Value;

    /// <summary>One author at one organisation, without a fault.</summary>
    public static AuthorList One(Func<Author, Author>? author = null, Func<Organisation, Organisation>? organisation = null)
    {
        var place = new Organisation("kek", "KEK", "Tsukuba, Japan", "JP", "https://ror.org/01g5y5k24", true);
        var person = new Author("1", "Ada", "Lovelace", "A. Lovelace", [new Affiliation("kek")]) { Orcid = "0000-0002-1825-0097" };
        return new AuthorList(
            "arXiv:2601.00001",
            Day,
            new AuthorCollaboration("Test"),
            [organisation?.Invoke(place) ?? place],
            [author?.Invoke(person) ?? person]
        );
    }

    public static AuthorList With(this AuthorList list, Author author) => list with { Authors = [.. list.Authors, author] };

    private static List<Affiliation> Affiliations(Random random, List<Organisation> organisations) =>
        [
            .. Enumerable
                .Range(0, random.Next(1, 4))
                .Select(_ => organisations[random.Next(organisations.Count)].Id)
                .Distinct(StringComparer.Ordinal)
                .Select(id => new Affiliation(id, random.Next(3) == 0 ? (Connection)random.Next(4) : Connection.AffiliatedWith)),
        ];

    private static string OrcidOf(int number)
    {
        var digits = number.ToString("D15", CultureInfo.InvariantCulture);
        return "0123456789X".Select(c => digits + c).First(t => Orcid.Parse(t).IsSuccess);
    }

    private static string Ror(int number)
    {
        const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        var body = "0" + string.Concat(Enumerable.Range(0, 6).Select(i => Alphabet[(number >> (5 * i)) & 31]));
        return Enumerable.Range(0, 100).Select(n => $"{body}{n:D2}").First(t => RorId.Parse(t).IsSuccess);
    }
}
