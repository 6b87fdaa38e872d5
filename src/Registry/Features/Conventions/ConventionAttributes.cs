using System.ComponentModel.DataAnnotations;

namespace Registry.Features.Conventions;

/// <summary>A text of one line.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShortTextAttribute : StringLengthAttribute
{
    public ShortTextAttribute() : base(500) => ErrorMessage = "Écrivez {1} caractères au plus";
}

/// <summary>A text of several lines.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LongTextAttribute : StringLengthAttribute
{
    public LongTextAttribute() : base(20_000) => ErrorMessage = "Écrivez {1} caractères au plus";
}

/// <summary>A number of months, of meetings, of originals: up to a century of months.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CountAttribute : RangeAttribute
{
    public CountAttribute() : base(0, 1200) => ErrorMessage = "Écrivez un nombre de {1} à {2}";
}

/// <summary>A deadline in the words of <see cref="DeadlineRule"/>, or none.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DeadlineRuleTextAttribute : ValidationAttribute
{
    public DeadlineRuleTextAttribute() => ErrorMessage = "Cette règle n’est pas comprise. Exemples : SIGNATURE+P6M, RESTITUTION_MINUTES+P1M, NOTICE-P12M.";

    public override bool IsValid(object? value) => value is null or "" || (value is string text && DeadlineRule.Parse(text) is not null);
}
