using System.CommandLine;
using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>Brings the database of a data folder to the schema of this version.</summary>
internal static class Migrate
{
    public static Command Verb()
    {
        var data = Verbs.DataOption("data");
        var verb = new Command("migrate", VerbTexts.Get("migrate")) { data };
        verb.SetAction(parsed =>
        {
            try
            {
                using var folder = DataFolder.Open(parsed.GetValue(data)!); // has a default
                if (folder.Problems.Count > 0)
                    return Terminal.WrongSettings(folder.Problems);
                Terminal.Say(VerbTexts.Get("migrate.done", Installation.Storage(folder.Path).Engine().Place));
                return Terminal.Done;
            }
            catch (DataFolder.Unusable unusable)
            {
                return Terminal.Fail(unusable);
            }
        });
        return verb;
    }
}
