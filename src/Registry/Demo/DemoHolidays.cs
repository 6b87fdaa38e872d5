using Registry.Access;
using Registry.Data;
using Registry.Features.Holidays;
using Registry.History;

namespace Registry.Demo;

/// <summary>The one correction that is known to be needed somewhere: what Saint-Martin keeps.</summary>
internal static class DemoHolidays
{
    public static async Task AddAsync(Db db, Journal journal)
    {
        var visitor = new Visitor();
        visitor.Is(Guid.Empty, "Chargement de la démonstration");
        var (id, form) = (Guid.CreateVersion7(), new HolidayForm
        {
            Territory = "SAINT_MARTIN", Day = new(DateTime.UtcNow.Year, 5, 28), Is = HolidayForm.Added, Name = "abolition de l’esclavage",
            Reason = "Le code du travail dit le 27 mai ; la collectivité commémore le 28.",
        });
        await new HolidayStore(db, visitor, new DemoClock(TimeSpan.FromDays(370))).AddAsync(id, form);
        journal.Record(Features.Holidays.IndexModel.Line(Actions.HolidayAdded, id, form.Territory, form.Day.Value, form.Name, form.Reason));
    }
}
