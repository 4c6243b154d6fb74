using System.Globalization;
using Muster.Server.Web;
using Spectre.Console;

namespace Muster.Server.Operator.Demo;

/// <summary>What the demonstration says on the terminal: brief, aligned, plain where there is no terminal.</summary>
internal sealed class DemoScreen
{
    private const int Width = 58;
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });

    public void Title() => console.MarkupLineInterpolated($"\n[bold]Muster[/] {VerbTexts.Get("demo.title")}\n");

    public void Did(string what, TimeSpan took) => Line("[green]✓[/]", what, took);

    public void Failed(string what, string why)
    {
        console.MarkupLineInterpolated($"  [red]✗[/] {what}");
        console.MarkupLineInterpolated($"    [red]{why}[/]");
    }

    public void Places(PortalOptions portal, string folder, DemoAuthority authority, string registrarPassword)
    {
        console.WriteLine();
        Row("demo.place.portal", portal.Origin);
        Row("demo.place.certificates", portal.CertificateOrigin);
        Row("demo.place.mailbox", portal.Link("/mailbox"));
        Row("demo.place.desk", portal.Link("/desk/registrations"));
        Row("demo.place.registrar", VerbTexts.Get("demo.registrar", DemoData.RegistrarName, registrarPassword));
        Row("demo.place.folder", Relative(folder));
        Row("demo.place.p12", VerbTexts.Get("demo.p12", Relative(Path.Combine(folder, "certificates")), DemoAuthority.Password));
        foreach (var certificate in authority.Certificates)
            console.MarkupLineInterpolated($"      [grey]{certificate.Name, -18}{VerbTexts.Get(certificate.PurposeKey)}[/]");
        console.WriteLine();
    }

    public void Walk(string name, string subject)
    {
        console.MarkupLineInterpolated($"  [bold]{VerbTexts.Get("demo.walk", name)}[/]");
        console.MarkupLineInterpolated($"  [grey]{subject}[/]");
    }

    public void Sum(TimeSpan total)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"  [bold green]{VerbTexts.Get("demo.sum", Text(total))}[/]");
    }

    public void NotWalked() => console.MarkupLineInterpolated($"\n  [bold red]{VerbTexts.Get("demo.not-walked")}[/]");

    public void KeepsServing(PortalOptions portal) =>
        console.MarkupLineInterpolated($"\n  {VerbTexts.Get("demo.keeps-serving", portal.Origin)}\n");

    private void Line(string mark, string what, TimeSpan took)
    {
        console.Markup($"  {mark} ");
        console.MarkupLineInterpolated($"{what.PadRight(Width)} [grey]{Text(took), 9}[/]");
    }

    private void Row(string key, string value) => console.MarkupLineInterpolated($"  [grey]{VerbTexts.Get(key).PadRight(22)}[/] {value}");

    private static string Relative(string path)
    {
        try
        {
            var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
            return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
        }
        catch (FileNotFoundException) // the folder we were started in was deleted
        {
            return path;
        }
    }

    private static string Text(TimeSpan took) =>
        took.TotalSeconds >= 1
            ? took.TotalSeconds.ToString("0.00 's'", CultureInfo.InvariantCulture)
            : took.TotalMilliseconds.ToString("0.0 'ms'", CultureInfo.InvariantCulture);
}
