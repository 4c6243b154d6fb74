using System.CommandLine;
using Microsoft.Extensions.Options;

namespace Muster.Server.Operator;

/// <summary>Runs the server until it is told to stop.</summary>
internal static class Serve
{
    public static Command Verb()
    {
        var data = Verbs.DataOption("data");
        var verb = new Command("serve", VerbTexts.Get("serve")) { data };
        verb.SetAction((parsed, ct) => RunAsync(parsed.GetValue(data)!, ct)); // has a default
        return verb;
    }

    private static async Task<int> RunAsync(string path, CancellationToken ct)
    {
        IReadOnlyList<string> problems = []; // told beside those of the other settings
        try
        {
            using var folder = DataFolder.Open(path);
            problems = folder.Problems;
            var settings = new Dictionary<string, string?> { ["Storage:DataFolder"] = folder.Path };
            await using var app = Program.Build(settings);
            await StartAsync(app, ct);
            Terminal.Say(VerbTexts.Get("serve.ready"));
            await app.WaitForShutdownAsync(ct);
            return Terminal.Done;
        }
        catch (DataFolder.Unusable unusable)
        {
            return Terminal.Fail(unusable);
        }
        catch (OptionsValidationException wrong)
        {
            return Terminal.WrongSettings(problems.Union(wrong.Failures));
        }
        catch (AggregateException wrong) when (wrong.InnerExceptions.All(e => e is OptionsValidationException))
        {
            return Terminal.WrongSettings(
                problems.Union(wrong.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures))
            );
        }
        catch (PortBusyException busy)
        {
            return Terminal.Fail(Terminal.Refused, VerbTexts.Get("port.busy", busy.Address), VerbTexts.Get("port.busy.serve.hint"));
        }
    }

    /// <summary>Another program listens where we should.</summary>
    internal sealed class PortBusyException(string address) : Exception
    {
        public string Address { get; } = address;
    }

    /// <exception cref="PortBusyException">A port is taken.</exception>
    internal static async Task StartAsync(WebApplication app, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            var portal = app.Services.GetRequiredService<IOptions<Web.PortalOptions>>().Value;
            var port = e.Message.Contains($":{portal.OriginUri.Port}", StringComparison.Ordinal)
                ? portal.OriginUri.Port
                : portal.CertificateOriginUri.Port;
            throw new PortBusyException($"{portal.ListenAddress}:{port}");
        }
    }
}
