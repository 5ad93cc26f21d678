using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Etcd.Grpc;

public sealed class GrpcTimeoutTests
{
    [TestCase(0, "1m")]
    [TestCase(0.0001, "1m")]
    [TestCase(5, "5000m")]
    [TestCase(99_999.999, "99999999m")]
    [TestCase(100_000, "100000S")]
    [TestCase(1e10, "99999999S")]
    public void Format_Seconds_HasAtMostEightDigits(double seconds, string expected) =>
        Assert.That(GrpcTimeout.Format(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));
}
