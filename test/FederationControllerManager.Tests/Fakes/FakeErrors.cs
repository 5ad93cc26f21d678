using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>What a member says when it does not do what it is asked.</summary>
internal static class FakeErrors
{
    public static Exception Internal() => StatusErrors.InternalError("etcdserver: leader changed");

    public static Exception Forbidden() => StatusErrors.Forbidden(new GroupResource("", "configmaps"), "", "no such right");

    public static Exception Invalid() => StatusErrors.Invalid(new GroupKind("", "ConfigMap"), "a", []);

    public static Exception TooMany(int seconds = 0) => StatusErrors.TooManyRequests("too many requests", seconds);
}
