using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.ProviderRequests;

[Requires(Function.AccessRequests)]
public sealed class ExportModel(ProviderRequestExport export, Visitor visitor, TimeProvider clock) : PageModel
{
    public sealed class Order
    {
        [Required(ErrorMessage = "Choisissez un format.")]
        [OneOf("xlsx", "ods", "csv")]
        public string? Format { get; set; } = "ods";

        [Required(ErrorMessage = "Indiquez le premier jour.")]
        public DateOnly? From { get; set; }

        [Required(ErrorMessage = "Indiquez le dernier jour.")]
        public DateOnly? To { get; set; }
    }

    [BindProperty]
    public Order Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;

    public static IReadOnlyList<Option> Formats => [.. ExportForm.Formats.Where(one => one.Value != "json")];

    /// <summary>The year until today, as a committee asks for it.</summary>
    public void OnGet()
    {
        Form.To = Organisation.Today(clock);
        Form.From = new DateOnly(Form.To.Value.Year, 1, 1);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Form.To < Form.From) ModelState.AddModelError("Form.To", "La fin est avant le début : corrigez l’une des deux dates.");
        if (!ModelState.IsValid) return Page();
        if (!await export.MayTakeMoreAsync()) return StatusCode(StatusCodes.Status429TooManyRequests);
        var file = await export.WriteAsync(Enum.Parse<RegisterFormat>(Form.Format!, ignoreCase: true), Form.From!.Value, Form.To!.Value);
        Response.RegisterForDispose(file.Content);  // also when the commit fails and nothing is sent
        return File(file.Content, file.MediaType, file.Name);
    }
}
