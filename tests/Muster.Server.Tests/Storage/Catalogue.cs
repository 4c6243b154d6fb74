using System.Globalization;

namespace Muster.Server.Tests.Storage;

/// <summary>
/// What a database says of itself, one line for each column, key, reference and index; the same words on every engine. How each engine
/// finds letters inside words is its own affair and left out.
/// </summary>
internal static class Catalogue
{
    private const string Sqlite = """
        with tables as (select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'word_parts%')
        select 'column ' || t.name || '.' || c.name || case when c."notnull" then '' else ' null' end
          from tables t, pragma_table_info(t.name) c
        union all
        select 'key ' || name || ' (' || group_concat(part, ', ') || ')'
          from (select t.name, c.name as part from tables t, pragma_table_info(t.name) c where c.pk > 0 order by t.name, c.pk) group by name
        union all
        select 'reference ' || t.name || '.' || f."from" || ' to ' || f."table" || '.' || f."to" || ' ' || lower(f.on_delete)
          from tables t, pragma_foreign_key_list(t.name) f
        union all
        select 'index ' || tab || ' ' || name || ' (' || group_concat(part, ', ') || ')' || case when uniq then ' unique' else '' end || case when partial then ' partial' else '' end
          from (
            select t.name as tab, i.name, i."unique" as uniq, i.partial, c.name as part
              from tables t, pragma_index_list(t.name) i, pragma_index_info(i.name) c where i.origin = 'c' order by i.name, c.seqno
          ) group by tab, name, uniq, partial
        """;

    private const string PostgreSql = """
        with tables as (select oid, relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname <> 'muster_schema')
        select 'column ' || t.name || '.' || a.attname || case when a.attnotnull then '' else ' null' end
          from tables t join pg_attribute a on a.attrelid = t.oid where a.attnum > 0 and not a.attisdropped
        union all
        select 'key ' || t.name || ' (' || string_agg(a.attname, ', ' order by array_position(c.conkey, a.attnum)) || ')'
          from tables t join pg_constraint c on c.conrelid = t.oid and c.contype = 'p' join pg_attribute a on a.attrelid = t.oid and a.attnum = any (c.conkey)
          group by t.name
        union all
        select 'reference ' || t.name || '.' || a.attname || ' to ' || r.relname || '.' || b.attname || case c.confdeltype when 'c' then ' cascade' else ' ' || c.confdeltype::text end
          from tables t join pg_constraint c on c.conrelid = t.oid and c.contype = 'f' join pg_class r on r.oid = c.confrelid
          join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1] join pg_attribute b on b.attrelid = r.oid and b.attnum = c.confkey[1]
        union all
        select 'index ' || t.name || ' ' || n.relname || ' (' || (select string_agg(a.attname, ', ' order by k.place) from unnest(i.indkey::int2[]) with ordinality k(part, place)
            join pg_attribute a on a.attrelid = t.oid and a.attnum = k.part) || ')' || case when i.indisunique then ' unique' else '' end || case when i.indpred is not null then ' partial' else '' end
          from tables t join pg_index i on i.indrelid = t.oid and not i.indisprimary join pg_class n on n.oid = i.indexrelid where n.relname <> 'IX_known_words_parts'
        """;

    /// <summary>Tables that only statements use; the mapping does not know them.</summary>
    private static readonly string[] unmapped = ["known_words", "member_words", "misspelt_words", "ror_records", "ror_words"];

    public static bool IsMapped(string line) => !unmapped.Any(t => line.Contains(t + ".", StringComparison.Ordinal));

    public static List<string> Of(TestDatabase store) => Lines(store, store.IsPostgreSql ? PostgreSql : Sqlite);

    /// <summary>Table and column, and the type that the engine knows for it.</summary>
    public static List<string> TypesOf(TestDatabase store) =>
        Lines(
            store,
            store.IsPostgreSql
                ? "select table_name || '.' || column_name || ' ' || data_type from information_schema.columns where table_schema = current_schema() and table_name <> 'muster_schema'"
                : "select lower(t.name || '.' || c.name || ' ' || c.type) from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like 'word_parts%'"
        );

    public static List<string> Lines(TestDatabase store, string question)
    {
        using var connection = store.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of the tests
        command.CommandText = question;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
