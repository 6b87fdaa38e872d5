namespace Registry.Access;

/// <summary>
/// A page for citizens, without account: it reads through the role that sees only what is published, whoever looks at it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicPageAttribute : Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute;
