using Dapper;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;

namespace Registry.Bench.Pages;

public sealed record BareLine
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public string? Unit { get; init; }
    public required string Status { get; init; }
    public required int Completeness { get; init; }
}

public sealed class IndexModel(NpgsqlDataSource source) : PageModel
{
    public IReadOnlyList<BareLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(Guid organisation)
    {
        await using var connection = await source.OpenConnectionAsync();
        Lines = (await connection.QueryAsync<BareLine>(
            "select number, title, unit, status, completeness from app.processing_record where organisation_id = @organisation order by number limit 50",
            new { organisation })).AsList();
    }
}
