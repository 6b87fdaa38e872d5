namespace Registry.Access;

/// <summary>
/// What a page asks of its visitor. The one filter that reads it is <see cref="AccessFilter"/>; a page without it is refused.
/// <paramref name="delegation"/> names the written delegation (enumeration DelegationScope) that stands in for a ¤ of the matrix.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAttribute(Function function, Right right = Right.Read, string? delegation = null) : Attribute
{
    public Function Function { get; } = function;
    public Right Right { get; } = right;
    public string? Delegation { get; } = delegation;
}

/// <summary>For pages that any signed-in person opens: her account, the help, the list of what she reaches.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SignedInAttribute : Attribute;
