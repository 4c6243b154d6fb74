using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Muster.Core;
using Muster.Core.X509;
using Muster.Server.Web;

namespace Muster.Server.Operator;

/// <summary>The portal's certificate check for a file, on the command line: the same rules, sentences and codes.</summary>
internal static class DoctorCertificate
{
    public static Command Verb()
    {
        var file = new Argument<string>("file") { Description = VerbTexts.Get("doctor.certificate.file") };
        var data = Verbs.DataOption("data");
        var trust = DoctorTrust.FolderOption();
        var proxies = new Option<bool>("--proxies") { Description = VerbTexts.Get("option.proxies") };
        var at = new Option<DateTimeOffset?>("--at") { Description = VerbTexts.Get("option.at"), CustomParser = Moment };
        var json = Verbs.JsonOption();
        var verb = new Command("certificate", VerbTexts.Get("doctor.certificate")) { file, data, trust, proxies, at, json };
        verb.SetAction(parsed =>
            Run(
                parsed.GetValue(file)!, // an argument that must be there
                DoctorTrust.FolderOf(parsed.GetValue(trust), parsed.GetValue(data)!), // has a default
                new CheckPolicy { PermitsProxies = parsed.GetValue(proxies) },
                parsed.GetValue(at) ?? TimeProvider.System.GetUtcNow(),
                new Answer(OriginOf(parsed.GetValue(data)!), parsed.GetValue(json)) // has a default
            )
        );
        return verb;
    }

    private static int Run(string path, string folder, CheckPolicy policy, DateTimeOffset now, Answer answer)
    {
        folder = Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
            return Terminal.Fail(Terminal.Unreachable, VerbTexts.Get("doctor.no-trust", folder), VerbTexts.Get("doctor.no-trust.hint"));
        byte[] content;
        try
        {
            content = path == "-" ? ReadAll(Console.OpenStandardInput()) : ReadAll(File.OpenRead(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Terminal.Fail(Terminal.Unreachable, VerbTexts.Get("doctor.certificate.no-file", path), e.Message);
        }

        // The owner's own machine: the file of a proxy holds its key, which is passed over.
        if (!CertificateFile.Read(content, permitsKeys: true).TryGet(out var file, out var why))
            return Say(CertificateReport.Of(why), answer);
        var anchors = TrustAnchors.Read(AnchorFiles.Read(folder).Files);
        return Say(CertificateReport.Of(CertificateCheck.Verify(file.Leaf, file.Others, anchors, now, policy), now), answer);
    }

    /// <param name="Origin">Of the portal whose help is linked; null where this machine knows of none.</param>
    private sealed record Answer(string? Origin, bool IsJson);

    private static string? OriginOf(string data)
    {
        using var settings = new ConfigurationManager();
        settings.AddInstallation(new Dictionary<string, string?> { ["Storage:DataFolder"] = data });
        return settings[$"{PortalOptions.Section}:{nameof(PortalOptions.Origin)}"]?.TrimEnd('/');
    }

    private static int Say(CertificateReport report, Answer answer)
    {
        if (report.Help is { } path)
            report = report with { Help = answer.Origin + path };
        if (answer.IsJson)
            Console.WriteLine(JsonSerializer.Serialize(report, CertificateReport.Json));
        else
            Print(report);
        return report.Ok ? Terminal.Done : Terminal.Refused;
    }

    private static void Print(CertificateReport report)
    {
        var depth = 0;
        foreach (var link in report.Chain.Reverse())
            Console.WriteLine(
                $"{new string(' ', 2 * depth++)}{(link.Ok ? "✓" : "✗")} {link.Subject}  {VerbTexts.Get("doctor.certificate.until", Day(link.NotAfter))}"
                    + (link.Code is { } code ? $"  [{code}]" : "")
            );
        if (report.Certificate is { } facts)
            Console.WriteLine(VerbTexts.Get("doctor.certificate.facts", facts.Kind, facts.PublicKey, facts.Serial, facts.DaysLeft));
        foreach (var warning in report.Warnings)
            Console.WriteLine($"{warning.Sentence} [{warning.Code}]");
        if (report.Ok)
            Console.WriteLine(VerbTexts.Get("doctor.certificate.good", report.EndEntity!)); // accepted ones have one
        if (report.Code is null)
            return;
        Console.WriteLine($"{report.Sentence} [{report.Code}]");
        if (report.Hint is { } hint)
            Console.WriteLine(hint);
        Console.WriteLine(VerbTexts.Get("doctor.certificate.help", report.Help!)); // goes with each code
    }

    private static byte[] ReadAll(Stream stream)
    {
        using (stream)
        {
            // One octet more than a certificate may have is enough to say so.
            var content = new byte[CertificateFile.MaximumLength + 1];
            return content[..stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)];
        }
    }

    private static DateTimeOffset? Moment(System.CommandLine.Parsing.ArgumentResult given)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, Utc, out var moment))
            return moment;
        given.AddError(VerbTexts.Get("option.at.wrong"));
        return null;
    }

    private static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
