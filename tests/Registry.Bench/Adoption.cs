using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace Registry.Bench;

/// <summary>Forty models into a hundred communes, as the officer does it in the browser: from the press of the button until the page says that it is done.</summary>
public static partial class Adoption
{
    public static async Task<(TimeSpan Time, int Communes, int Records)> RunAsync(Person officer, int models, string database)
    {
        var choice = (await officer.SendAsync(HttpMethod.Get, "modeles/diffuser")).Text;
        var fields = Person.Fields(choice).Concat(Model().Matches(choice).Select(box => ("Form.Models", box.Groups[1].Value)).Take(models)).Append(("Form.Types", "COMMUNE"));
        var preview = (await officer.SendAsync(HttpMethod.Post, "modeles/diffuser", fields)).Location ?? throw new InvalidOperationException("The choice of models was not accepted.");
        var token = Person.Fields((await officer.SendAsync(HttpMethod.Get, preview)).Text).First(field => field.Name == "__RequestVerificationToken");

        var watch = Stopwatch.StartNew();
        await officer.SendAsync(HttpMethod.Post, preview + "?handler=Start", [token]);
        while (!(await officer.SendAsync(HttpMethod.Get, preview)).Text.Contains("Fiches ajoutées", StringComparison.Ordinal))
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(3)) throw new InvalidOperationException("The models were not given out in three minutes.");
            await Task.Delay(100);
        }
        var time = watch.Elapsed;
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("select count(distinct organisation_id)::int, count(*)::int from app.processing_record where rollout_id is not null", connection);
        await using var row = await count.ExecuteReaderAsync();
        await row.ReadAsync();
        return (time, row.GetInt32(0), row.GetInt32(1));
    }

    [GeneratedRegex("""name="Form.Models" value="([^"]+)""")]
    private static partial Regex Model();
}
