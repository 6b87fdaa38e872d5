using Registry.Facts;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Areas;

/// <summary>What the history of an area says of its officers. The object is the area: its page shows them in one line.</summary>
public static class OfficerEvents
{
    public static Event Named(AreaView area, AreaOffice office) => new(area.LeadId, Actions.Appointed.Code, "AREA", area.Id, new EventDetails
    {
        Subject = Subject(office),
        Changes = [new Change(Languages.Key("Du"), null, $"{office.StartOn:dd/MM/yyyy}"), new Change(Languages.Key("Acte écrit"), null, $"{office.ActType} {office.ActReference} {office.ActDate:dd/MM/yyyy}")],
    });

    public static Event Ended(AreaView area, AreaOffice office, DateOnly last, string reason) => new(area.LeadId, Actions.AppointmentEnded.Code, "AREA", area.Id, new EventDetails
    {
        Subject = Subject(office),
        Reason = Vocabulary.Current.Find("AppointmentEndReason", reason)!.French,
        Changes = [new Change(Languages.Key("Au"), office.EndOn?.ToString("dd/MM/yyyy"), last.ToString("dd/MM/yyyy"))],
    });

    private static string Subject(AreaOffice office) => $"{office.Name} · {Vocabulary.Current.Find("AppointmentKind", office.Kind)!.French}";
}
