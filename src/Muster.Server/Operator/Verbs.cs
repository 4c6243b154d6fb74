using System.CommandLine;

namespace Muster.Server.Operator;

/// <summary>The verbs of the executable.</summary>
internal static class Verbs
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(VerbTexts.Get("root"));
        root.Subcommands.Add(Serve.Verb());
        root.Subcommands.Add(Demo.RunDemo.Verb());
        root.Subcommands.Add(Migrate.Verb());
        root.Subcommands.Add(Grant.Verb());
        root.Subcommands.Add(Import.Verb());
        root.Subcommands.Add(Export.Verb());
        root.Subcommands.Add(Doctor.Verb());
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Terminal.Say(error.Message);
            return Terminal.Fail(Terminal.Misuse, "nothing was done", "muster --help lists the verbs");
        }
        return await parsed.InvokeAsync();
    }

    public static Option<bool> JsonOption() => new("--json") { Description = VerbTexts.Get("option.json") };

    public static Option<string> DataOption(string fallback) =>
        new("--data") { Description = VerbTexts.Get("option.data"), DefaultValueFactory = _ => fallback };
}
