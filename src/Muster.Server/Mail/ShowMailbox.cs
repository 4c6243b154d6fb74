using MimeKit;
using Muster.Core;
using Muster.Server.Web;

namespace Muster.Server.Mail;

public sealed record MailboxLine(string Id, string To, string Subject, DateTimeOffset At);

public sealed record MailboxMail(
    string Id,
    string From,
    string To,
    string Subject,
    DateTimeOffset At,
    string Text,
    IReadOnlyList<string> Links
);

/// <summary>The mailbox page of the demo: every mail that was sent, whoever it was for. Never mapped in a real installation.</summary>
internal static class ShowMailbox
{
    public const string Path = "/mailbox";
    private const int Shown = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, List).OpenToEveryone();
        routes.MapGet(Path + "/{id}", Show).OpenToEveryone();
    }

    private static IResult List(HttpContext http, MailFiles files)
    {
        var lines = Files(files).Take(Shown).Select(f => Line(f)).ToList();
        return Problems.WantsJson(http)
            ? Results.Json(lines)
            : Pages.Show<MailboxPage>(http, new { Lines = (IReadOnlyList<MailboxLine>)lines });
    }

    private static IResult Show(HttpContext http, string id, MailFiles files)
    {
        if (Files(files).FirstOrDefault(f => System.IO.Path.GetFileNameWithoutExtension(f.Name) == id) is not { } file)
            return Problems.Answer(http, new Refusal("request.not-found"), StatusCodes.Status404NotFound);
        using var message = MimeMessage.Load(file.FullName);
        var text = message.TextBody ?? "";
        var links = text.Split('\n', ' ').Where(w => w.StartsWith("https://", StringComparison.Ordinal)).Select(w => w.Trim()).ToList();
        var mail = new MailboxMail(id, message.From.ToString(), message.To.ToString(), message.Subject ?? "", message.Date, text, links);
        return Problems.WantsJson(http) ? Results.Json(mail) : Pages.Show<MailboxMailPage>(http, new { Mail = mail });
    }

    private static IEnumerable<FileInfo> Files(MailFiles files) =>
        new DirectoryInfo(files.Folder) is { Exists: true } folder
            ? folder.EnumerateFiles("*.eml").OrderByDescending(f => f.Name, StringComparer.Ordinal)
            : [];

    private static MailboxLine Line(FileInfo file)
    {
        using var message = MimeMessage.Load(file.FullName);
        return new MailboxLine(
            System.IO.Path.GetFileNameWithoutExtension(file.Name),
            message.To.ToString(),
            message.Subject ?? "",
            message.Date
        );
    }
}
