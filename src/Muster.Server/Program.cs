using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Muster.Server.Audit;
using Muster.Server.Enrolment.Certificates;
using Muster.Server.Enrolment.Guide;
using Muster.Server.Enrolment.Registrations;
using Muster.Server.Enrolment.Renewals;
using Muster.Server.IdentityProvider.SignIn;
using Muster.Server.Mail;
using Muster.Server.Operator;
using Muster.Server.Outbox;
using Muster.Server.Provisioning;
using Muster.Server.Register.AcceptableUse;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Addresses;
using Muster.Server.Register.AuthorLists;
using Muster.Server.Register.Expiry;
using Muster.Server.Register.Home;
using Muster.Server.Register.Imports;
using Muster.Server.Register.Institutes;
using Muster.Server.Register.Members;
using Muster.Server.Register.Numbers;
using Muster.Server.Register.Profiles;
using Muster.Server.Register.Roles;
using Muster.Server.Storage;
using Muster.Server.Trust;
using Muster.Server.Web;

namespace Muster.Server;

/// <summary>The composition root: one line per trade.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => Verbs.RunAsync(args);

    /// <summary>The whole server, configured and not yet started.</summary>
    /// <param name="settings">What the verb decided; stronger than file and environment.</param>
    /// <param name="replace">For tests that bring their own clock; null otherwise.</param>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? replace = null)
    {
        // Nothing is read from where the command was given.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInstallation(settings);
        builder.Logging.AddOperatorLogs();
        builder.Services.AddSingleton(TimeProvider.System);

        builder.AddStorage();
        builder.AddAudit();
        builder.AddOutbox();
        builder.AddWeb();
        builder.AddTrust();
        builder.AddMembers();
        builder.AddAddresses();
        builder.AddInstitutes();
        builder.AddAuthorLists();
        builder.AddNumbers();
        builder.AddImports();
        builder.AddAcceptableUse();
        builder.AddAccounts();
        builder.AddExpiry();
        builder.AddRoles();
        builder.AddProfiles();
        builder.AddRegistrations();
        builder.AddCertificates();
        builder.AddRenewals();
        builder.AddGuide();
        builder.AddSignIn();
        builder.AddProvisioning();
        builder.AddMail();
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseWeb();
        app.MapWeb();
        app.MapAcceptableUse();
        app.MapAccounts();
        app.MapRoles();
        app.MapMembers();
        app.MapExpiry();
        app.MapAddresses();
        app.MapProfiles();
        app.MapInstitutes();
        app.MapAuthorLists();
        app.MapNumbers();
        app.MapHome();
        app.MapImports();
        app.MapCertificates();
        app.MapRegistrations();
        app.MapRenewals();
        app.MapGuide();
        app.MapSignIn();
        app.MapMail();
        return app;
    }
}
