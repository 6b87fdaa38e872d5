using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Registry.Features.Shared;

/// <summary>A day typed in three boxes (S-116) becomes a DateOnly, or an error by the field with what was typed kept.</summary>
public sealed class DayBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var context = bindingContext;
        var parts = new DateParts { Day = Box(context, "Day"), Month = Box(context, "Month"), Year = Box(context, "Year") };
        if (parts.IsEmpty) context.Result = ModelBindingResult.Success(null);
        else if (parts.Problem is { } problem) context.ModelState.TryAddModelError(context.ModelName, problem);
        else context.Result = ModelBindingResult.Success(parts.Date);
        return Task.CompletedTask;
    }

    private static string? Box(ModelBindingContext context, string part)
    {
        var name = $"{context.ModelName}.{part}";
        var typed = context.ValueProvider.GetValue(name);
        if (typed != ValueProviderResult.None)
        {
            context.ModelState.SetModelValue(name, typed);
            // Judged here, as one day: an entry that nobody judges would make the whole form invalid without a word.
            context.ModelState.MarkFieldSkipped(name);
        }
        return typed.FirstValue;
    }
}

public sealed class DayBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.UnderlyingOrModelType == typeof(DateOnly) ? new DayBinder() : null;
}
