using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Documents;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.AnnualReports;

/// <summary>
/// One step of an order: the report of one body, issued there with its number and its line, and the line in the order, in one transaction, in the name of whoever
/// ordered it and with her rights of that moment. Either all of it stands afterwards or nothing.
/// </summary>
public sealed class ReportOrderWork(ReportOrderStore orders, DocumentDesk desk, GrantStore grants, Visitor visitor, Journal journal, IStringLocalizer t)
{
    /// <summary>The body that the step is about, once it has one.</summary>
    public ReportTarget? Target { get; private set; }

    /// <summary>False when no body waits any more.</summary>
    public async Task<bool> StepAsync(Guid lead, Guid id)
    {
        if (await orders.FindAsync(lead, id) is not { IsRunning: true } order) return false;
        if (await orders.NextAsync(order) is not { } next)
        {
            if (await orders.EndAsync(order)) Tell(Actions.ReportsEnded, order, t.Get("{0} : {1} bilans, {2} échecs", order.Year, order.Made, order.Refused));
            return false;
        }
        Target = next;
        if (await MayAsync(next) && await desk.IssueAsync(next.DocumentId, AnnualReportDocuments.Code, null, null)) await SettleAsync(order, next, null);
        else await SettleAsync(order, next, t.Get("Vous ne servez plus cet organisme comme délégué."));
        return true;
    }

    /// <summary>A body in which the step failed: nothing of it stands there, and the order says so.</summary>
    public async Task RefuseAsync(Guid lead, Guid id, ReportTarget target)
    {
        if (await orders.FindAsync(lead, id) is { IsRunning: true } order) await SettleAsync(order, target, t.Get("Le bilan n’a pas pu être fait ; l’exploitant en trouve la cause dans son journal. Rien n’a été émis."));
    }

    private async Task<bool> MayAsync(ReportTarget target)
    {
        if (target.Slug is null || await grants.FindAsync(target.Slug) is not { Organisation: { } organisation } standing) return false;
        visitor.StandsIn(organisation);
        // Only where she is the officer, whatever else she may be there.
        visitor.Holds([.. standing.Grants.Where(grant => grant.Role == Role.Dpo)], standing.Reach, standing.WorksOverArea);
        return visitor.Grants.Count > 0;
    }

    private async Task SettleAsync(ReportOrder order, ReportTarget target, string? reason)
    {
        await orders.SettleAsync(order, target, reason);
        Tell(reason is null ? Actions.ReportMade : Actions.ReportRefused, order, target.Name, reason);
    }

    private void Tell(Happening happening, ReportOrder order, string subject, string? reason = null) =>
        journal.Record(new Event(order.OrganisationId, happening.Code, ReportOrder.ObjectType, order.Id, new EventDetails { Subject = subject, Reason = reason }));
}
