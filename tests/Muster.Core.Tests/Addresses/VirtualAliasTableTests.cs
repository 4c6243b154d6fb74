using Muster.Core.Addresses;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Addresses;

public sealed class VirtualAliasTableTests
{
    [Fact]
    public void Rows_stand_in_order_under_the_comment_whatever_order_they_came_in()
    {
        var rows = new[] { Row("zoe.zett", "Zoe@Mail.Example"), Row("ada.a-b", "ada@mail.example"), Row("ada.a", "ada@münchen.example") };

        var table = VirtualAliasTable.Write("collab.example", ["Kept by a program.\nFor Postfix."], rows);

        Assert.Equal(
            """
            # Kept by a program.
            # For Postfix.
            ada.a@collab.example  ada@xn--mnchen-3ya.example
            ada.a-b@collab.example  ada@mail.example
            zoe.zett@collab.example  Zoe@mail.example

            """.ReplaceLineEndings("\n"),
            table
        );
        Assert.Equal(table, VirtualAliasTable.Write("collab.example", ["Kept by a program.\nFor Postfix."], rows.Reverse()));
    }

    [Fact]
    public void A_mailbox_in_the_domain_itself_is_left_out() =>
        Assert.Equal("", VirtualAliasTable.Write("collab.example", [], [Row("ada", "bob@COLLAB.example")]));

    private static (string, EmailAddress) Row(string local, string mailbox) => (local, EmailAddress.Parse(mailbox).Value);
}
