using System.Globalization;
using System.Resources;
using Microsoft.Extensions.Options;

namespace Muster.Server.Register.Addresses;

/// <summary>What stands above the table: the same wherever it is written, in one language, so that equal tables are equal files.</summary>
internal sealed class MailTableWords(IOptions<AddressesOptions> options)
{
    private static readonly ResourceManager texts = new("Muster.Server.Register.Addresses.AddressesText", typeof(AddressesText).Assembly);

    public IReadOnlyList<string> Comment =>
        [
            string.Format(
                CultureInfo.InvariantCulture,
                texts.GetString("Table.Comment", CultureInfo.InvariantCulture)!, // is in the file
                options.Value.AsciiDomain
            ),
        ];
}
