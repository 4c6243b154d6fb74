using System.Text.RegularExpressions;
using Xunit;

namespace Muster.Server.Tests.House;

/// <summary>Who may know whom: docs/house.md, "Arrows".</summary>
public sealed partial class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Storage"] = [],
        ["Audit"] = ["Storage"],
        ["Outbox"] = ["Storage"],
        ["Web"] = ["Storage"],
        ["Trust"] = ["Outbox", "Storage", "Web"],
        ["Mail"] = ["Outbox", "Audit", "Storage", "Web"],
        ["Register"] = ["Outbox", "Audit", "Storage", "Web"],
        ["Enrolment"] = ["Register", "Outbox", "Audit", "Storage", "Web"],
        ["IdentityProvider"] = ["Register", "Outbox", "Audit", "Storage", "Web"],
        ["Provisioning"] = ["Register", "Outbox", "Audit", "Storage"],
        ["Operator"] = ["Register", "Outbox", "Audit", "Storage", "Web"],
    };

    [Fact]
    public void Every_folder_of_the_server_has_its_arrows()
    {
        var folders = Directory
            .EnumerateDirectories(Path.Combine(Sources.Home, "src/Muster.Server"))
            .Select(d => Path.GetFileName(d))
            .Where(d => d is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), folders);
    }

    [Fact]
    public void Folders_know_only_those_their_arrows_point_at()
    {
        var wrong =
            from file in Sources.Under("src/Muster.Server", ".cs", ".razor")
            let folder = file.Name.Split('/')[2]
            where Allowed.ContainsKey(folder)
            from Match used in Named().Matches(file.Text)
            let target = used.Groups[1].Value
            where Allowed.ContainsKey(target) && target != folder && !Allowed[folder].Contains(target)
            select $"{file.Name} knows {target}";

        Assert.Empty(wrong.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void The_core_knows_nothing_of_the_server_nor_of_the_world()
    {
        var wrong =
            from file in Sources.Under("src/Muster.Core", ".cs")
            from line in file.Lines
            where Worldly().IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{file.Name}: {line.Trim()}";

        // One file reads its own embedded list of common passwords: no file of the machine, only of the assembly.
        Assert.All(wrong, w => Assert.StartsWith("src/Muster.Core/Accounts/CommonPasswords.cs", w, StringComparison.Ordinal));
    }

    [Fact]
    public void Certificates_know_nothing_of_members()
    {
        var wrong = Sources.Under("src/Muster.Core/X509", ".cs").Where(f => CoreFolder().IsMatch(f.Text)).Select(f => f.Name);

        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"\bMuster\.Server\.([A-Z][A-Za-z]+)")]
    private static partial Regex Named();

    [GeneratedRegex(
        @"Muster\.Server|Microsoft\.AspNetCore|EntityFrameworkCore|using System\.(IO|Net)|\basync\b|\bTask<|TimeProvider|RandomNumberGenerator|new Random\b|\bFile\.|\bDirectory\."
    )]
    private static partial Regex Worldly();

    [GeneratedRegex(@"Muster\.Core\.(Members|Registrations|Accounts|Institutes|AcceptableUse|Provisioning)")]
    private static partial Regex CoreFolder();
}
