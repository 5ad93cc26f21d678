using KubeFed.ApiMachinery.Errors;
using KubeFed.FederationControllerManager.Clusters;

namespace KubeFed.FederationControllerManager.Tests.Clusters;

[TestFixture]
public sealed class MissingRightTests
{
    [TestCase("deployments", "apps", "shop", "patch deployments.apps in namespace \"shop\"")]
    [TestCase("deployments/scale", "apps", "shop", "patch deployments.apps/scale in namespace \"shop\"")]
    [TestCase("serviceaccounts/token", "", "fed", "patch serviceaccounts/token in namespace \"fed\"")]
    [TestCase("namespaces", "", "", "patch namespaces")]
    [TestCase("clusterroles", "rbac.authorization.k8s.io", "", "patch clusterroles.rbac.authorization.k8s.io")]
    public void TryRead_DenialOfAnAuthorizer_NamesVerbResourceAndNamespace(string resource, string group, string @namespace, string right)
    {
        var read = MissingRight.TryRead(Denials.Of("patch", resource, group, @namespace), out var user);

        Assert.That((read?.ToString(), user), Is.EqualTo((right, Denials.User)));
    }

    [Test]
    public void TryRead_DenialOfAPath_NamesIt() =>
        Assert.That(
            MissingRight.TryRead(Denials.Forbidden("forbidden: User \"u\" cannot get path \"/healthz\""), out _)?.ToString(),
            Is.EqualTo("get /healthz"));

    [TestCase("admission webhook \"policy.example.com\" denied the request: no")]
    [TestCase("pods \"a\" is forbidden: exceeded quota: q, requested: pods=1")]
    [TestCase("")]
    public void TryRead_OtherRefusal_IsNull(string message)
    {
        Assert.That(MissingRight.TryRead(Denials.Forbidden(message), out var user), Is.Null);
        Assert.That(user, Is.Empty);
    }

    [Test]
    public void TryRead_NotForbidden_IsNull() =>
        Assert.That(
            MissingRight.TryRead(new StatusException(new Status { Code = 409, Message = "User \"u\" cannot get path \"/x\"" }), out _), Is.Null);

    [FsCheck.NUnit.Property]
    public bool TryRead_AnyMessage_DoesNotThrow(string? message) => MissingRight.TryRead(Denials.Forbidden(message ?? ""), out _) is null;
}
