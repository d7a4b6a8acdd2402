#include "dossier.h"
