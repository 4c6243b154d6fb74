using System.Text.RegularExpressions;
using Xunit;

namespace Muster.Server.Tests.House;

public sealed partial class ShapeTests
{
    private const int Ceiling = 400;

    [Fact]
    public void No_file_is_longer_than_the_ceiling()
    {
        var tooLong = Sources.Under("src", ".cs", ".razor").Concat(Sources.Under("tests", ".cs")).Where(f => f.Lines.Length > Ceiling);

        Assert.Empty(tooLong.Select(f => $"{f.Name}: {f.Lines.Length} lines"));
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var names =
            from file in Sources.Under("src", ".cs")
            from Match type in Empty().Matches(file.Text)
            select $"{file.Name}: {type.Value}";

        Assert.Empty(names);
    }

    [Fact]
    public void An_interface_has_two_real_implementations()
    {
        var all = Sources.Under("src", ".cs");
        var lonely =
            from file in all
            from Match declared in Interface().Matches(file.Text)
            let name = declared.Groups[1].Value
            let implementations = all.Sum(f =>
                Regex.Count(f.Text, $@"class \w+[^{{;]*:\s[^{{;]*\b{name}\b", RegexOptions.None, TimeSpan.FromSeconds(5))
            )
            where implementations < 2
            select $"{file.Name}: {name} has {implementations}";

        Assert.Empty(lonely);
    }

    [Fact]
    public void Nobody_forgives_null_or_silences_a_warning_without_saying_why()
    {
        var silent =
            from file in Sources.Under("src", ".cs")
            from line in file.Lines
            where line.Contains("#pragma warning disable", StringComparison.Ordinal) && !line.Contains("//", StringComparison.Ordinal)
            select $"{file.Name}: {line.Trim()}";

        Assert.Empty(silent);
    }

    [Fact]
    public void Public_types_of_the_core_say_what_they_are()
    {
        var mute =
            from file in Sources.Under("src/Muster.Core", ".cs")
            let lines = file.Lines
            from i in Enumerable.Range(0, lines.Length)
            where PublicType().IsMatch(lines[i]) && !IsDocumented(lines, i)
            select $"{file.Name}: {lines[i].Trim()}";

        Assert.Empty(mute);
    }

    private static bool IsDocumented(string[] lines, int at)
    {
        for (var i = at - 1; i >= 0 && lines[i].Trim().Length > 0; i--)
            if (lines[i].TrimStart().StartsWith("///", StringComparison.Ordinal))
                return true;
        return false;
    }

    [GeneratedRegex(@"\b(class|record|struct|interface) \w*(Manager|Helper|Service|Utils|Util)\b")]
    private static partial Regex Empty();

    [GeneratedRegex(@"\binterface (I[A-Z]\w+)")]
    private static partial Regex Interface();

    [GeneratedRegex(@"^public (static |sealed |abstract |readonly |partial )*(class|record|struct|enum|interface)\b")]
    private static partial Regex PublicType();
}
