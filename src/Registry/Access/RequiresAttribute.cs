namespace Registry.Access;

/// <summary>
/// What a page asks of its visitor; of several, one is enough. The one filter that reads it is <see cref="AccessFilter"/>; a page without it is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequiresAttribute(Function function, Right right = Right.Read) : Attribute
{
    public Function Function { get; } = function;
    public Right Right { get; } = right;
}

/// <summary>For pages that any signed-in person opens: her account, the help, the list of what she reaches.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SignedInAttribute : Attribute;

/// <summary>
/// For the few pages of one organisation that also read others within the person's reach: to name somebody known elsewhere, a controller, an area to
/// join. On all others the transaction itself is narrowed to the organisation of the address.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BeyondOrganisationAttribute : Attribute;

/// <summary>
/// For pages that show the content of one organisation and the person's own views, nothing else: see <see cref="UnchangedPages"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FollowsChainAttribute : Attribute;

/// <summary>
/// For the pages whose reading is itself recorded: what persons wrote to the body (S-65). Their transaction writes, also when the page is only opened.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LeavesTraceAttribute : Attribute;
