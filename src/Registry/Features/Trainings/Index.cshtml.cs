using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Charters;

namespace Registry.Features.Trainings;

/// <summary>The trainings that were held, and how far the charter is signed. Who has a small letter in the matrix reads no names.</summary>
[Requires(Function.Training, Right.ReadOwn)]
public sealed class IndexModel(TrainingStore store, CharterFigures figures, Visitor visitor, TimeProvider clock) : PageModel
{
    public IReadOnlyList<Training> Trainings { get; private set; } = [];
    public CharterFigure? Charter { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayAdd => visitor.Can(Function.Training, Right.Write);
    public bool ReadsNames => visitor.Can(Function.Training, Right.Read);
    public int ThisYear => Trainings.Count(one => one.HeldOn > Organisation.Today(clock).AddYears(-1));

    public async Task OnGetAsync() => (Trainings, Charter) = (await store.ListAsync(), await figures.FindAsync());
}
