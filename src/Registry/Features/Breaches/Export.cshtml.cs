using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Records;

namespace Registry.Features.Breaches;

[Requires(Function.Documents)]
public sealed class ExportModel(BreachExport export, Visitor visitor) : PageModel
{
    public sealed class Order
    {
        [Required(ErrorMessage = "Choisissez un format.")]
        [OneOf("xlsx", "ods", "csv", "json")]
        public string? Format { get; set; } = "xlsx";

        [Range(1900, 2100, ErrorMessage = "L’année s’écrit avec quatre chiffres, par exemple 2026")]
        public int? Year { get; set; }
    }

    [BindProperty]
    public Order Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid) return Page();
        if (!await export.MayTakeMoreAsync()) return StatusCode(StatusCodes.Status429TooManyRequests);
        var file = await export.WriteAsync(Enum.Parse<RegisterFormat>(Form.Format!, ignoreCase: true), Form.Year);
        Response.RegisterForDispose(file.Content);  // also when the commit fails and nothing is sent
        return File(file.Content, file.MediaType, file.Name);
    }
}
