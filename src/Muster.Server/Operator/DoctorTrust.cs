using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Muster.Core;
using Muster.Core.X509;
using Muster.Server.Web;

namespace Muster.Server.Operator;

/// <summary>Looks at a folder of trust anchors: what is used, what is left out and why, and which lists of revoked certificates are late.</summary>
internal static class DoctorTrust
{
    public static Command Verb()
    {
        var data = Verbs.DataOption("data");
        var trust = FolderOption();
        var json = Verbs.JsonOption();
        var verb = new Command("trust", VerbTexts.Get("doctor.trust")) { data, trust, json };
        verb.SetAction(parsed => Run(FolderOf(parsed.GetValue(trust), parsed.GetValue(data)!), parsed.GetValue(json))); // has a default
        return verb;
    }

    public static Option<string?> FolderOption() => new("--trust") { Description = VerbTexts.Get("option.trust") };

    /// <summary>As named; else the one the installation is configured for; else the demo's; else the grid's usual place.</summary>
    public static string FolderOf(string? named, string data)
    {
        if (named is { Length: > 0 })
            return named;
        var settings = new ConfigurationManager();
        settings.AddInstallation(new Dictionary<string, string?> { ["Storage:DataFolder"] = data });
        var demo = Path.Combine(data, "trust");
        return settings["Portal:TrustFolder"] ?? (Directory.Exists(demo) ? demo : new PortalOptions().TrustFolder);
    }

    private static int Run(string folder, bool json)
    {
        folder = Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
            return Terminal.Fail(Terminal.Unreachable, VerbTexts.Get("doctor.no-trust", folder), VerbTexts.Get("doctor.no-trust.hint"));

        var now = TimeProvider.System.GetUtcNow();
        var (files, unreadable) = AnchorFiles.Read(folder);
        var anchors = TrustAnchors.Read(files);
        var lists = anchors.All.Select(a => (Anchor: a, State: anchors.RevocationOf(a, now, new CheckPolicy().CrlGrace))).ToList();
        IReadOnlyList<AnchorProblem> problems = [.. unreadable, .. anchors.Problems];

        if (json)
            Console.WriteLine(Document(folder, lists, problems));
        else
            Print(folder, anchors, lists, problems);
        return anchors.All.Count > 0 && problems.Count == 0 && lists.TrueForAll(l => IsUsable(l.State)) ? Terminal.Done : Terminal.Refused;
    }

    private static void Print(
        string folder,
        TrustAnchors anchors,
        List<(TrustAnchor Anchor, RevocationState State)> lists,
        IReadOnlyList<AnchorProblem> problems
    )
    {
        var roots = anchors.All.Count(a => a.IsRoot);
        Console.WriteLine(VerbTexts.Get("doctor.trust.summary", folder, anchors.All.Count, roots, anchors.All.Count - roots));
        foreach (var group in lists.GroupBy(l => l.State.Standing).OrderBy(g => g.Key))
            Console.WriteLine(VerbTexts.Get($"doctor.trust.{group.Key}", group.Count()));
        foreach (
            var (anchor, state) in lists.Where(l => l.State.Standing is not (RevocationStanding.Current or RevocationStanding.Missing))
        )
            Console.WriteLine($"  {anchor.Alias}: {VerbTexts.Get($"doctor.trust.{state.Standing}.one", Day(state.NextUpdate))}");
        foreach (var problem in problems)
        {
            var place = problem.Line is { } line ? $"{problem.File}:{line.ToString(CultureInfo.InvariantCulture)}" : problem.File;
            var refusal = new Refusal(problem.ReasonCode);
            Console.WriteLine($"{place}: {RefusalTexts.Sentence(refusal)} {RefusalTexts.Hint(refusal)} [{problem.ReasonCode}]");
        }
        if (anchors.All.Count == 0)
            Console.WriteLine(VerbTexts.Get("doctor.trust.nobody"));
    }

    private static string Document(
        string folder,
        List<(TrustAnchor Anchor, RevocationState State)> lists,
        IReadOnlyList<AnchorProblem> problems
    ) =>
        JsonSerializer.Serialize(
            new
            {
                folder,
                authorities = lists.Select(l => new
                {
                    name = l.Anchor.Alias,
                    subject = l.Anchor.Certificate.Subject.Slash,
                    root = l.Anchor.IsRoot,
                    until = l.Anchor.Certificate.NotAfter,
                    revocationList = l.State.Standing.ToString(),
                    nextUpdate = l.State.NextUpdate,
                    revoked = l.State.Revoked,
                }),
                problems = problems.Select(AnchorProblemLine.Of),
            },
            CertificateReport.Json
        );

    private static bool IsUsable(RevocationState state) =>
        state.Standing is not (RevocationStanding.Expired or RevocationStanding.Unreadable);

    private static string Day(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
