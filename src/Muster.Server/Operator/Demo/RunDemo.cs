using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;

namespace Muster.Server.Operator.Demo;

/// <summary>Sets up a demonstration, walks the main job against it, and keeps serving.</summary>
internal static class RunDemo
{
    private sealed record Wishes(string Data, int Port, bool Exit, string? Smtp);

    public static Command Verb()
    {
        var data = Verbs.DataOption(Path.Combine("data", "demo"));
        var port = new Option<int>("--port") { Description = VerbTexts.Get("demo.port"), DefaultValueFactory = _ => 8443 };
        var exit = new Option<bool>("--exit") { Description = VerbTexts.Get("demo.exit") };
        var smtp = new Option<string?>("--smtp") { Description = VerbTexts.Get("demo.smtp") };
        var verb = new Command("demo", VerbTexts.Get("demo")) { data, port, exit, smtp };
        verb.SetAction(
            (parsed, ct) =>
                RunAsync(new Wishes(parsed.GetValue(data)!, parsed.GetValue(port), parsed.GetValue(exit), parsed.GetValue(smtp)), ct) // has a default
        );
        return verb;
    }

    private static async Task<int> RunAsync(Wishes wishes, CancellationToken ct)
    {
        if (wishes.Port is < 1 or > 65534)
            return Terminal.Fail(Terminal.Misuse, VerbTexts.Get("demo.bad-port", wishes.Port), VerbTexts.Get("demo.bad-port.hint"));
        try
        {
            using var folder = DataFolder.Open(wishes.Data);
            return await RunAsync(wishes, folder, ct);
        }
        catch (DataFolder.Unusable unusable)
        {
            return Terminal.Fail(unusable);
        }
        catch (Serve.PortBusyException busy)
        {
            return Terminal.Fail(Terminal.Refused, VerbTexts.Get("port.busy", busy.Address), VerbTexts.Get("port.busy.hint"));
        }
        catch (OptionsValidationException wrong)
        {
            return Terminal.Fail(Terminal.Misuse, string.Join("; ", wrong.Failures), VerbTexts.Get("serve.settings.hint"));
        }
    }

    private static async Task<int> RunAsync(Wishes wishes, DataFolder folder, CancellationToken ct)
    {
        var screen = new DemoScreen();
        screen.Title();
        var clock = TimeProvider.System;
        var now = clock.GetUtcNow();
        var demo = DemoCollaboration.Create(DateOnly.FromDateTime(now.UtcDateTime));

        var watch = Stopwatch.StartNew();
        var authority = DemoAuthority.Prepare(folder.Path, demo, now);
        screen.Did(
            VerbTexts.Get(authority.Kept ? "demo.authority-kept" : "demo.authority-made", authority.Certificates.Count),
            watch.Elapsed
        );

        await using var app = Program.Build(Settings(wishes, folder, authority));
        watch.Restart();
        var registrar = await LoadAsync(app, folder, demo, ct);
        screen.Did(
            registrar.Loaded
                ? VerbTexts.Get(
                    "demo.members-made",
                    demo.Members.Count,
                    demo.Institutes.Count,
                    demo.Institutes.Select(i => i.Country).Distinct().Count()
                )
                : VerbTexts.Get("demo.members-kept"),
            watch.Elapsed
        );

        watch.Restart();
        await Serve.StartAsync(app, ct);
        screen.Did(VerbTexts.Get("demo.started"), watch.Elapsed);
        var portal = app.Services.GetRequiredService<IOptions<Web.PortalOptions>>().Value;
        screen.Places(portal, folder.Path, authority, registrar.Password);

        var walked = await new DemoWalk(app, portal, folder.Path, authority, demo, screen).RunAsync(ct);
        if (wishes.Exit)
        {
            await app.StopAsync(CancellationToken.None);
            return walked ? Terminal.Done : Terminal.Refused;
        }
        screen.KeepsServing(portal);
        await app.WaitForShutdownAsync(ct);
        return walked ? Terminal.Done : Terminal.Refused;
    }

    private static Dictionary<string, string?> Settings(Wishes wishes, DataFolder folder, DemoAuthority authority)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage:DataFolder"] = folder.Path,
            ["Portal:Collaboration"] = VerbTexts.Get("demo.collaboration"),
            ["Portal:Contact"] = "helpdesk@muster-demo.example",
            ["Portal:Origin"] = $"https://localhost:{wishes.Port}",
            ["Portal:CertificateOrigin"] = $"https://localhost:{wishes.Port + 1}",
            ["Portal:TlsCertificate"] = authority.ServerCertificatePath,
            ["Portal:TlsKey"] = authority.ServerKeyPath,
            ["Portal:TrustFolder"] = authority.TrustFolder,
            ["Portal:ShowMailbox"] = "true",
            ["Addresses:Domain"] = "muster-demo.example",
            ["Mail:From"] = "muster@muster-demo.example",
        };
        if (wishes.Smtp?.Split(':') is [var host, var port])
        {
            settings["Mail:SmtpHost"] = host;
            settings["Mail:SmtpPort"] = port;
            settings["Mail:SmtpSecurity"] = "none";
        }
        return settings;
    }

    private static async Task<(bool Loaded, string Password)> LoadAsync(
        WebApplication app,
        DataFolder folder,
        DemoCollaboration demo,
        CancellationToken ct
    )
    {
        var passwordFile = Path.Combine(folder.Path, "registrar-password.txt");
        if (!File.Exists(passwordFile) && await HoldsMembersAsync(app, ct))
            throw new DataFolder.Unusable(
                Terminal.Refused,
                VerbTexts.Get("demo.others-members", app.Services.GetRequiredService<IStorageEngine>().Place),
                VerbTexts.Get("demo.others-members.hint")
            );
        if (!File.Exists(passwordFile))
            WholeFile.Write(passwordFile, NewPassword() + "\n", secret: true);
        var password = (await File.ReadAllTextAsync(passwordFile, ct)).Trim();
        var loaded = await new Offline(app).WriteAsync(
            async (db, audit, now, unit) =>
            {
                var hash = await app.Services.GetRequiredService<PasswordHashing>().HashAsync(new PlainTextPassword(password), unit);
                return await DemoData.LoadAsync(db, audit, demo, hash, now, unit);
            },
            ct
        );
        return (loaded, password);
    }

    /// <summary>A real collaboration's database may be named in the environment; nobody is to be invented there.</summary>
    private static async Task<bool> HoldsMembersAsync(WebApplication app, CancellationToken ct)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<MusterDb>>().CreateDbContextAsync(ct);
        return await db.Set<Member>().AnyAsync(ct);
    }

    /// <summary>Easy to type, drawn anew for every data folder.</summary>
    private static string NewPassword()
    {
        const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
        return string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
    }
}
